"""The picture that stands for a page where its link is shared: made from title, picture, logo and colours."""
