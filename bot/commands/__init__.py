"""One module a command: ``run(args, settings)`` returns the exit code (0 done, 1 failed, 2 wrong usage)."""
