// node pool.js PORT CONNECTIONS COUNT: sends mail.eml over and over, as fast as a pool of nodemailer does.
const nodemailer = require('nodemailer');
const raw = require('fs').readFileSync('mail.eml');
const [port, connections, count] = process.argv.slice(2).map(Number);
const pool = nodemailer.createTransport({
    host: '127.0.0.1', port, secure: false, ignoreTLS: true,
    pool: true, maxConnections: connections, maxMessages: Infinity,
});
const envelope = {from: 'news@regulars.example', to: ['somebody@example.com']};
let next = 0;
async function sender() {
    while (next++ < count) {
        await pool.sendMail({envelope, raw});
    }
}
// Twice as many senders as connections, so that none of these waits for its next mail.
Promise.all(Array.from({length: 2 * connections}, sender)).then(() => pool.close(), e => {
    console.error(e);
    process.exit(1);
});
