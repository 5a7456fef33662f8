"""Every rule's bad example is executed and shows its hazard; its good example does not."""
