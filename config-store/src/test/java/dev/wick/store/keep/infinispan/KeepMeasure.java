package dev.wick.store.keep.infinispan;

import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.PlainIndexer;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.Stored;
import dev.wick.store.keep.raft.DataFolder;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of docs/decisions/0003-store.md; not a test, and only run by its name: {@code mvn -pl
 * config-store test -Dtest=KeepMeasure -Dwick.hosts=1000000}, then see the output beside the
 * reports.
 */
final class KeepMeasure {

    private static final int HOSTS = Integer.getInteger("wick.hosts", 20_000);
    private static final int A_BUNDLE = 10_000;
    private static final int SMALL = 2000;

    private final Random random = new Random(7);

    @TempDir Path folder;

    private Keep open() throws StoreUnusable {
        long start = System.nanoTime();
        Keep keep =
                DataFolder.open(
                        folder,
                        KeepSettings.defaults(),
                        new PlainIndexer(),
                        CachedBlocks.open(64 << 20));
        say("opened at revision %d in %.2f s", keep.head("g"), seconds(start));
        return keep;
    }

    @Test
    void loadChangeReadRestart() throws Exception {
        Keep keep = open();
        long start = System.nanoTime();
        for (int from = 0; from < HOSTS; from += A_BUNDLE) {
            List<Change> changes = new ArrayList<>();
            for (int host = from; host < Math.min(HOSTS, from + A_BUNDLE); host++) {
                changes.add(host(host));
                changes.add(cluster(host));
            }
            commit(keep, changes);
        }
        say("%d hosts and clusters loaded in %.1f s", HOSTS, seconds(start));
        for (int round = 0; round < 3; round++) {
            commitSmall(keep);
            readSlices(keep);
        }
        readPages(keep);
        say("%d MB of heap live, %s", heap(), keep.state("g"));
        keep.close();
        open().close();
        open().close();
    }

    private void commitSmall(Keep keep) {
        long[] times = new long[SMALL];
        for (int i = 0; i < SMALL; i++) {
            long start = System.nanoTime();
            commit(keep, List.of(host(random.nextInt(HOSTS))));
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        say(
                "one change: median %.2f ms, 99%% %.2f ms",
                times[SMALL / 2] / 1e6, times[SMALL * 99 / 100] / 1e6);
    }

    private void readSlices(Keep keep) {
        long start = System.nanoTime();
        int reads = 20_000;
        try (Pin pin = keep.pin("g")) {
            pin.renew(Duration.ofMinutes(5));
            for (int i = 0; i < reads; i++) {
                int host = random.nextInt(HOSTS);
                String found = pin.domain(new DomainKey("*", "", "h" + host + ".example.com"));
                pin.document(new Key("VirtualHost", found));
                pin.document(new Key("Cluster", "c" + host));
            }
        }
        say("a slice of two documents: %.1f us", seconds(start) * 1e6 / reads);
    }

    private static void readPages(Keep keep) {
        long start = System.nanoTime();
        int read = 0;
        try (Pin pin = keep.pin("g")) {
            pin.renew(Duration.ofMinutes(5));
            List<Stored> page = pin.page("VirtualHost", null, 1000);
            while (!page.isEmpty()) {
                read += page.size();
                page = pin.page("VirtualHost", page.getLast().key().name(), 1000);
            }
        }
        say("%d hosts by pages in %.1f s", read, seconds(start));
    }

    private void commit(Keep keep, List<Change> changes) {
        Proposal proposal =
                new Proposal(keep.head("g"), Long.toHexString(random.nextLong()), "m", "", changes);
        Outcome outcome = keep.commit("g", proposal).toCompletableFuture().join();
        if (!(outcome instanceof Outcome.Committed)) {
            throw new AssertionError(outcome);
        }
    }

    private Change host(int i) {
        String text =
                """
                domain * - h%d.example.com
                refers Cluster c%d
                {"kind":"VirtualHost","name":"h%d","domains":["h%d.example.com"],"routes":[{"match":\
                {"path":{"prefix":"/"}},"route":{"cluster":"c%d"},"requestHeaders":{"set":[{"name":\
                "x-salt","value":"%x"}]}}]}\
                """
                        .formatted(i, i, i, i, i, random.nextLong());
        return Change.put("VirtualHost", "h" + i, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Change cluster(int i) {
        String text =
                """
                {"kind":"Cluster","name":"c%d","endpoints":[{"address":"10.%d.%d.%d","port":8080}]}\
                """
                        .formatted(i, i >> 16 & 255, i >> 8 & 255, i & 255);
        return Change.put("Cluster", "c" + i, text.getBytes(StandardCharsets.UTF_8));
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(String form, Object... values) {
        System.out.println(form.formatted(values));
    }
}
