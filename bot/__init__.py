"""The running program: settings, composition, intake, delivery, channels, web server, command line."""
