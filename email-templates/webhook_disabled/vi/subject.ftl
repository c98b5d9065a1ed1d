Webhook đến ${host} đã bị tắt
