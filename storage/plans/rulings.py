"""The interpretations the program can follow; a plan chooses one reading of each, any other is refused.

The first reading is the one followed where a plan says nothing.

I-5 and I-6 are questions of numbers: their readings other than the one named here are dated values in the plan.
"""

IMPLEMENTED: dict[str, tuple[str, ...]] = {
    "I-1": ("either", "mixed", "both"),
    "I-2": ("each_week",),
    "I-3": ("both_measures",),
    "I-4": ("second_group", "first_group"),
    "I-5": ("own_events_count",),
    "I-6": ("dated_values",),
    "I-7": ("subordinate", "any"),
    "I-8": ("any_one",),
    "I-9": ("recognition",),
    "I-10": ("public_sector",),
    "I-11": ("subtract", "refuse", "trust"),
}
