"""Plans: rules as dated data, and the questions asked of them."""

from storage.plans.plan import Obligation, Plan, load_plan, plan_files, read_plan, validate

__all__ = ["Obligation", "Plan", "load_plan", "plan_files", "read_plan", "validate"]
