package io.regulars.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** A name server on loopback that knows what a test tells it. */
public final class NameServer implements AutoCloseable {

    private static final int PIECE = 200;

    private final DatagramSocket socket;
    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> beforeTheNextAnswer = new AtomicReference<>(() -> {});
    private volatile boolean silent;

    public NameServer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("name-server").start(this::serve);
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    public void say(String name, String text) {
        texts.computeIfAbsent(name, _ -> new ArrayList<>()).add(text);
    }

    public void forget() {
        texts.clear();
    }

    public void fallSilent() {
        silent = true;
    }

    public void speak() {
        silent = false;
    }

    /** What happens, once, while somebody waits for an answer. */
    public void meanwhile(Runnable something) {
        beforeTheNextAnswer.set(something);
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                Message question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                beforeTheNextAnswer.getAndSet(() -> {}).run();
                byte[] answer = answer(question).toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or a packet that is none.
            }
        }
    }

    private Message answer(Message question) {
        Record asked = question.getQuestion();
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(asked, Section.QUESTION);
        String name = asked.getName().toString(true).toLowerCase(Locale.ROOT);
        List<String> found = texts.get(name);
        if (silent) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (found == null) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else {
            for (String text : found) {
                List<String> pieces = new ArrayList<>();
                for (int at = 0; at < text.length(); at += PIECE) {
                    pieces.add(text.substring(at, Math.min(text.length(), at + PIECE)));
                }
                answer.addRecord(
                        new TXTRecord(asked.getName(), DClass.IN, 60, pieces), Section.ANSWER);
            }
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
