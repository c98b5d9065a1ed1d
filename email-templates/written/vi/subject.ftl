${content.subject}
