package dev.wick.cli.up;

import dev.wick.cli.arguments.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where something listens.
 *
 * @param host an address or a name, without brackets
 * @param port 1-65535
 */
public record Address(String host, int port) {

    static final String LOOPBACK = "127.0.0.1";

    /**
     * Reads {@code [ADDR:]PORT}; loopback is meant where there is no address.
     *
     * @param option what to name in the message if it is none
     */
    static Address parse(String option, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? LOOPBACK : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            port = -1;
        }
        if (port < 1 || port > 65_535 || host.isEmpty()) {
            throw new UsageException(
                    option + ": " + text + " (expected: [ADDR:]PORT, PORT 1-65535)");
        }
        return new Address(host, port);
    }

    /** Why nothing can listen there, or empty. */
    String obstacle() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return host + " is not an address of this machine";
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return "";
        } catch (IOException e) {
            return "port "
                    + port
                    + " on "
                    + host
                    + " is taken or not allowed ("
                    + e.getMessage()
                    + ")";
        }
    }

    /** The host as an IP address: a name's, where it has one that is known. */
    String ip() {
        InetAddress address = new InetSocketAddress(host, port).getAddress();
        return host.indexOf(':') >= 0 || address == null ? host : address.getHostAddress();
    }

    /** Where a client on this machine finds it. */
    Address reachable() {
        InetAddress address = new InetSocketAddress(host, port).getAddress();
        return address != null && address.isAnyLocalAddress() ? new Address(LOOPBACK, port) : this;
    }

    String url() {
        return "http://" + this;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
