package dev.wick.e2e.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Instances that inherit their listening socket, one after the other, from a {@link SocketHolder}.
 */
public final class Inheriting implements AutoCloseable {

    private final int port = Ports.free();
    private final Child holder;
    private int started;

    private Inheriting(Store store, String gateway, Map<String, String> more, List<String> how) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("WICK_TOKEN", store.instanceToken());
        environment.put("WICK_BUILD", "no");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        List<String> command = new ArrayList<>(how);
        command.addAll(List.of("--gateway", gateway, "--store", store.url()));
        command.addAll(List.of("--admin", "127.0.0.1:0"));
        holder = SocketHolder.start(port, environment, command);
        holder.awaitReady();
    }

    /** By systemd's protocol: descriptor 3 and variables, through the launcher. */
    public static Inheriting bySystemd(Store store, String gateway, String name) {
        String sockets =
                "exec 3<&0 </dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=%s; exec \"$@\""
                        .formatted(name);
        return new Inheriting(
                store,
                gateway,
                Map.of(),
                List.of("sh", "-c", sockets, "sh", launcher(), "gateway"));
    }

    /** As inetd does with {@code wait}: standard input. */
    public static Inheriting byInetd(Store store, String gateway, Map<String, String> environment) {
        return new Inheriting(
                store, gateway, environment, List.of(launcher(), "gateway", "--http", "fd@0"));
    }

    private static String launcher() {
        return Wick.home().resolve("wick").toString();
    }

    public int port() {
        return port;
    }

    /** Starts the next instance; returns when it serves. */
    public ProcessHandle next() {
        holder.type("start");
        started++;
        List<String> begun = awaitLines("started ", started);
        awaitLines("ready: gateway ", started);
        long pid = Long.parseLong(begun.getLast().substring("started ".length()));
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Returns when it has ended. */
    public void awaitEnd(ProcessHandle instance) {
        holder.awaitLine("its end", ("ended " + instance.pid())::equals);
    }

    private List<String> awaitLines(String start, int count) {
        List<String> found = new ArrayList<>();
        holder.awaitLine(
                count + " lines " + start,
                line -> {
                    if (line.startsWith(start)) {
                        found.add(line);
                    }
                    return found.size() == count;
                });
        return found;
    }

    public Child holder() {
        return holder;
    }

    /** Ends all: the holder ends what it has started, and what it left is ended here. */
    @Override
    public void close() {
        List<ProcessHandle> left = holder.handle().descendants().toList();
        try {
            if (holder.running()) {
                holder.endInput();
                holder.awaitEnd();
            }
        } finally {
            holder.close();
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
