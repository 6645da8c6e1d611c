"""Images and documents with credit, licence and source."""
