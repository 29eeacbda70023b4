"""How things look: pages, figures, lists and notes as Rich renderables or plain lines. No keys, no input."""
