Webhooks to ${host} were switched off
