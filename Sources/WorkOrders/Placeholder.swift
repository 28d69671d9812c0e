/// Cases: class, code, tier, department and deadline of an incident.
