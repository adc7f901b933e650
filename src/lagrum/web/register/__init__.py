"""The pages about the register: what they show, shaped for their templates."""
