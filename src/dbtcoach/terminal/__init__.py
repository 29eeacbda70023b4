"""A Session meets a person: keys and prompts, plain lines, or scripted answers."""
