package dev.wick.e2e.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Envoy and Wick side by side, each with upstreams of its own. */
public final class Twins implements AutoCloseable {

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Upstreams envoyUpstreams = new Upstreams();
    private final Upstreams wickUpstreams = new Upstreams();
    private final EnvoySide envoy;
    private final WickSide wick;

    /**
     * What both showed.
     *
     * @param differs why that is not the same, empty where it is
     */
    public record Seen(String envoy, String wick, String differs) {}

    private Twins(List<Group> all) {
        all.forEach(group -> groups.put(group.name(), group));
        CompletableFuture<EnvoySide> starting =
                CompletableFuture.supplyAsync(() -> new EnvoySide(all, envoyUpstreams));
        wick = new WickSide(all, wickUpstreams);
        envoy = starting.join();
    }

    /** With all groups, or those that {@code only} names, with commas between them. */
    public static Twins start(String only) {
        List<Group> all = new ArrayList<>();
        List<String> wanted = List.of(only.split(",", -1));
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".twin", "");
                if (only.isEmpty() || wanted.contains(name)) {
                    all.add(GroupReader.read(name, Files.readString(file, StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Twins(all);
    }

    private static Path folder() {
        return Path.of(System.getProperty("wick.home", "../.."))
                .resolve("src/test/resources/dev/wick/e2e/twin");
    }

    public List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    public List<String> cases(String group) {
        return groups.get(group).cases().stream().map(Case::name).toList();
    }

    /** Has the conversation with both, at the same time. */
    public Seen hold(String name, String title) {
        Group group = groups.get(name);
        Case one =
                group.cases().stream()
                        .filter(c -> c.name().equals(title))
                        .findFirst()
                        .orElseThrow();
        int port = envoy.port(group.listener());
        CompletableFuture<String> envoys =
                CompletableFuture.supplyAsync(() -> Conversation.held(one, port, envoyUpstreams));
        String wicks = Conversation.held(one, wick.port(group.listener()), wickUpstreams);
        return new Seen(envoys.join(), wicks, one.differs());
    }

    @Override
    public void close() {
        envoy.close();
        wick.close();
        envoyUpstreams.close();
        wickUpstreams.close();
    }
}
