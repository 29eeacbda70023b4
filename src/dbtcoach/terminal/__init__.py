"""A Session meets a person: prompts, plain lines, or scripted answers."""
