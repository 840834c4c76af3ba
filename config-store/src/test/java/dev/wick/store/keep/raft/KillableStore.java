package dev.wick.store.keep.raft;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.MapBlocks;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.PlainIndexer;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Outcome;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The process that {@link KillTest} kills: writers that race on one gateway, and a reader that
 * looks for half a bundle. Each bundle sets the same documents to its own request id. Says on its
 * output, a line each: {@code try ID}, {@code won ID REVISION}, {@code lost ID}, {@code unknown
 * ID}, {@code torn ...}.
 */
final class KillableStore {

    static final int DOCUMENTS = 5;
    private static final int WRITERS = 3;

    private KillableStore() {}

    public static void main(String... arguments) throws Exception {
        KeepSettings settings =
                KeepSettings.defaults().withCompactionBytes(200_000).withRevisions(100_000);
        Keep keep =
                DataFolder.open(
                        Path.of(arguments[0]), settings, new PlainIndexer(), new MapBlocks());
        say("ready " + keep.head("g"));
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofPlatform().start(() -> write(keep));
        }
        while (true) {
            read(keep);
        }
    }

    static List<Change> bundle(String id) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = "domain * - d" + i + "-" + id + ".com\n" + id;
            changes.add(
                    Change.put("VirtualHost", "row-" + i, text.getBytes(StandardCharsets.UTF_8)));
        }
        return changes;
    }

    private static void write(Keep keep) {
        while (true) {
            String id = UUID.randomUUID().toString();
            say("try " + id);
            Outcome outcome =
                    keep.commit("g", new Proposal(keep.head("g"), id, "w", "", bundle(id)))
                            .toCompletableFuture()
                            .join();
            switch (outcome) {
                case Outcome.Committed(long revision) -> say("won " + id + " " + revision);
                case Outcome.Lost _ -> say("lost " + id);
                case Outcome.Unknown _ -> say("unknown " + id);
            }
        }
    }

    private static void read(Keep keep) {
        try (Pin pin = keep.pin("g")) {
            List<Stored> rows = pin.page("VirtualHost", null, 100);
            long distinct = rows.stream().map(Stored::revision).distinct().count();
            boolean whole = rows.isEmpty() && pin.revision() == 0 || rows.size() == DOCUMENTS;
            if (!whole || distinct > 1) {
                say("torn " + pin.revision() + " " + rows);
            }
        }
    }

    /** One write for one line: lines of several threads do not mix, and what was said is out. */
    private static void say(String line) {
        PrintStream out = System.out;
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        synchronized (out) {
            out.write(bytes, 0, bytes.length);
            out.flush();
        }
    }
}
