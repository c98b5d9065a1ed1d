package io.regulars;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks for a taken port before anything is started, and says which setting to change. */
final class FreePorts {

    private FreePorts() {}

    static void check(Settings settings) {
        check("PORT", settings.bind(), settings.port());
        check("ADMIN_PORT", settings.bind(), settings.adminPort());
    }

    private static void check(String variable, String bind, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (IOException e) {
            throw new SettingsProblem(
                    "port "
                            + port
                            + " on "
                            + bind
                            + " cannot be used ("
                            + e.getMessage()
                            + "). Set "
                            + variable
                            + " to a free one, for example: "
                            + variable
                            + "="
                            + (port + 100)
                            + " ./regulars server");
        }
    }
}
