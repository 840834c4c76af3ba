package dev.wick.gateway.draw;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.feed.ListenerSet;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.feed.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last good configuration, on disk: for each name its domain and virtual host, and each
 * document once. To be called on its loop; files are read and written on a thread of its own, which
 * ends when there is nothing to do.
 *
 * <p>A document is written before whatever refers to it, so that what is found is whole. Write
 * failures are said once and change nothing else: the copy is a convenience.
 */
final class Copy {

    private static final long IDLE_SECONDS = 10;
    private static final int MOST_WAITING = 100_000;

    private final Loop loop;
    private final CopyFiles files;
    private final Consumer<String> log;
    private final ThreadPoolExecutor worker;
    private volatile boolean complained;

    Copy(Loop loop, CopyFiles files, Consumer<String> log) {
        this.loop = loop;
        this.files = files;
        this.log = log;
        this.worker =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MOST_WAITING),
                        task -> {
                            Thread thread = new Thread(task, "copy");
                            thread.setDaemon(true);
                            return thread;
                        },
                        (task, pool) -> complain("too much to write at once"));
        worker.allowCoreThreadTimeOut(true);
    }

    /** Gives the slice, as of revision 0, or null. */
    void read(HostName name, Consumer<@Nullable Slice> then) {
        ask(() -> slice(name), then);
    }

    void readListeners(Consumer<@Nullable ListenerSet> then) {
        ask(files::listeners, then);
    }

    /**
     * @param clusters that it refers to; of a cluster, the Endpoints
     */
    void keep(DocumentKey key, byte[] json, List<String> clusters) {
        write(() -> files.writeDocument(key, json, clusters));
    }

    void keep(HostName name, String domain, String virtualHost) {
        write(() -> files.writeHost(name, new CopyFiles.Host(domain, virtualHost)));
    }

    void keep(ListenerSet set) {
        write(() -> files.writeListeners(set));
    }

    /** Nobody serves the name any more. */
    void forget(HostName name) {
        write(() -> files.removeHost(name));
    }

    /** Takes no more, and waits until all is written, for so long at most. */
    void close(long millis) {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Slice slice(HostName wanted) {
        CopyFiles.Host host = files.host(wanted);
        if (host == null) {
            return null;
        }
        CopyFiles.Document virtualHost =
                files.document(new DocumentKey(Documents.VIRTUAL_HOST, host.virtualHost()));
        if (virtualHost == null) {
            return null;
        }
        List<Part> clusters = new ArrayList<>(virtualHost.clusters().size());
        for (String name : virtualHost.clusters()) {
            CopyFiles.Document cluster = files.document(new DocumentKey(Documents.CLUSTER, name));
            if (cluster != null) {
                clusters.add(cluster.part());
                for (String endpoints : cluster.clusters()) {
                    DocumentKey key = new DocumentKey(Documents.ENDPOINTS, endpoints);
                    CopyFiles.Document hosts = files.document(key);
                    if (hosts != null) {
                        clusters.add(hosts.part());
                    }
                }
            }
        }
        return new Slice("", 0, "", host.domain(), virtualHost.part(), clusters, List.of());
    }

    private <T> void ask(Supplier<@Nullable T> reading, Consumer<@Nullable T> then) {
        worker.execute(
                () -> {
                    @Nullable T read = read(reading);
                    loop.execute(() -> then.accept(read));
                });
    }

    private <T> @Nullable T read(Supplier<@Nullable T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            complain(e.toString());
            return null;
        }
    }

    private interface Writing {
        void run() throws Exception;
    }

    private void write(Writing writing) {
        worker.execute(
                () -> {
                    try {
                        writing.run();
                    } catch (Exception e) {
                        complain(e.toString());
                    }
                });
    }

    private void complain(String why) {
        if (!complained) {
            complained = true;
            log.accept("the copy on disk is not kept: " + why);
        }
    }
}
