${notice.subject}
