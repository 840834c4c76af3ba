package dev.wick.e2e.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A gateway-fn process on free ports, with an empty folder for its disk copy unless told otherwise.
 */
public final class Gateway implements AutoCloseable {

    private final Folder folder = Folder.temporary("gateway");
    private final String gateway;
    private final String store;
    private final int http = Ports.free();
    private final int admin = Ports.free();
    private final List<String> flags;
    private final Map<String, String> environment;
    private Child child;

    private Gateway(
            String gateway,
            String store,
            String token,
            Map<String, String> environment,
            List<String> flags) {
        this.gateway = gateway;
        this.store = store;
        this.environment = new HashMap<>(environment);
        this.environment.put("WICK_TOKEN", token);
        this.flags = flags;
        this.child = launch();
    }

    public static Gateway start(Store store, String gateway, String... flags) {
        return start(store.url(), gateway, store.instanceToken(), flags);
    }

    public static Gateway start(String storeUrl, String gateway, String token, String... flags) {
        return ready(new Gateway(gateway, storeUrl, token, Map.of(), List.of(flags)));
    }

    /** With {@code environment} besides what it always has. */
    public static Gateway start(
            Store store, String gateway, Map<String, String> environment, String... flags) {
        return ready(
                new Gateway(
                        gateway, store.url(), store.instanceToken(), environment, List.of(flags)));
    }

    private static Gateway ready(Gateway started) {
        started.child.awaitReady();
        return started;
    }

    private Child launch() {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--gateway",
                                gateway,
                                "--store",
                                store,
                                "--http",
                                "127.0.0.1:" + http,
                                "--admin",
                                "127.0.0.1:" + admin));
        if (!flags.contains("--cache")) {
            arguments.addAll(List.of("--cache", folder.resolve("cache").toString()));
        }
        arguments.addAll(flags);
        return Child.start(
                "gateway", Wick.application("gateway-fn", arguments), environment, folder.path());
    }

    public int port() {
        return http;
    }

    public int adminPort() {
        return admin;
    }

    public Child process() {
        return child;
    }

    public Path folder() {
        return folder.path();
    }

    public Reply get(String host, String path, String... fields) {
        return Http1.get(http, host, path, fields);
    }

    public Reply admin(String method, String path) {
        try (Http1 client = Http1.open(admin)) {
            return client.request(method, "localhost", path, "");
        }
    }

    /** The access log lines so far. */
    public List<String> accessLog() {
        return child.lines().stream().filter(line -> line.startsWith("[20")).toList();
    }

    /** An access log line that contains {@code text}; waits for it. */
    public String awaitLogged(String text) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            for (String line : child.lines()) {
                if (line.contains(text)) {
                    return line;
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("no line with " + text + " in " + child.lines());
    }

    /** A number of {@code /stats}, by its whole name; 0 where there is none of the name. */
    public long stat(String name) {
        return admin("GET", "/stats")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2).strip()))
                .findFirst()
                .orElse(0);
    }

    public void stop() {
        child.stop();
    }

    public void kill9() {
        child.kill9();
    }

    /** Starts it again with the same ports, settings and disk copy. */
    public void restart() {
        child = launch();
        child.awaitReady();
    }

    @Override
    public void close() {
        child.close();
        folder.close();
    }
}
