"""What has changed in a plan, told in planning terms."""
