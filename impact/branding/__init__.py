"""What an organisation sets once for the whole site: name, logo, colours, navigation, footer."""
