package io.regulars.platform.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SMTP server on a real socket that misbehaves as told: each connection follows its own script,
 * the last script serves all later ones. A script maps a step to its answer; steps without one are
 * answered as a good server would.
 */
final class ScriptedRelay implements AutoCloseable {
    /**
     * Answers that are no text: hang up, hang up with a reset, or say nothing while staying there.
     */
    static final String CLOSE = "close";

    static final String SILENCE = "silence";

    private final ServerSocket listener;
    private final List<Map<String, String>> scripts;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    final List<String> log = new CopyOnWriteArrayList<>();

    /** Commands that came before the one in front of them was answered. */
    final AtomicInteger ahead = new AtomicInteger();

    final List<String> mails = new CopyOnWriteArrayList<>();

    ScriptedRelay() throws IOException {
        this(List.of());
    }

    ScriptedRelay(Map<String, String> always) throws IOException {
        this(List.of(always));
    }

    ScriptedRelay(Map<String, String> first, Map<String, String> later) throws IOException {
        this(List.of(first, later));
    }

    private ScriptedRelay(List<Map<String, String>> scripts) throws IOException {
        this.scripts = scripts;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url(String options) {
        return "smtp://127.0.0.1:"
                + listener.getLocalPort()
                + "?starttls=off"
                + (options.isEmpty() ? "" : "&" + options);
    }

    int connections() {
        return sockets.size();
    }

    long open() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                int number = sockets.size();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException e) {
            log.add("closed");
        }
    }

    private void serve(Socket socket, int number) {
        Map<String, String> script =
                scripts.isEmpty() ? Map.of() : scripts.get(Math.min(number, scripts.size() - 1));
        try (socket) {
            InputStream in = socket.getInputStream();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            if (!answer(socket, script, "connect", "220 scripted")) {
                return;
            }
            int mailNumber = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String verb = line.split("[ :]", 2)[0];
                log.add(number + " " + line);
                ahead.addAndGet(lines.ready() ? 1 : 0);
                mailNumber += verb.equals("MAIL") ? 1 : 0;
                String step = script.containsKey(verb + mailNumber) ? verb + mailNumber : verb;
                if (!answer(socket, script, step, verb.equals("DATA") ? "354 go on" : "250 ok")) {
                    return;
                }
                boolean goesOn =
                        !verb.equals("DATA") || !said(script, step, "354 go on").startsWith("354");
                if (!goesOn && !body(socket, lines, script)) {
                    return;
                }
                if (verb.equals("QUIT")) {
                    return;
                }
            }
        } catch (IOException e) {
            log.add(number + " " + e.getClass().getSimpleName());
        }
    }

    private boolean body(Socket socket, BufferedReader lines, Map<String, String> script)
            throws IOException {
        StringBuilder mail = new StringBuilder();
        if (script.containsKey("BODY")) {
            lines.readLine();
            return answer(socket, script, "BODY", "");
        }
        for (String line = lines.readLine();
                line != null && !line.equals(".");
                line = lines.readLine()) {
            mail.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        mails.add(mail.toString());
        return answer(socket, script, "DOT", "250 2.0.0 queued as 42");
    }

    private static String said(Map<String, String> script, String step, String otherwise) {
        return script.getOrDefault(step, otherwise);
    }

    private boolean answer(Socket socket, Map<String, String> script, String step, String otherwise)
            throws IOException {
        String answer = said(script, step, otherwise);
        if (answer.equals(CLOSE)) {
            return false;
        }
        if (answer.equals(SILENCE)) {
            try {
                boolean _ = closed.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
        OutputStream out = socket.getOutputStream();
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return !answer.startsWith("421");
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
