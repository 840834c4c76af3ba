package dev.wick.gateway.draw;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.compile.Built;
import dev.wick.gateway.compile.Compiler;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.gateway.upstream.EndpointsSettings;
import dev.wick.model.Document;
import dev.wick.model.Problem;
import dev.wick.route.RouteTable;
import dev.wick.route.Share;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Where documents are built: small ones on the loop, at once, for that is fastest; large ones on a
 * thread of its own before they are looked at, so that they hold up no request. Confined to its
 * loop.
 */
final class Workshop {

    /** What takes a few milliseconds. */
    private static final int LARGE_OCTETS = 64 * 1024;

    private static final long IDLE_SECONDS = 10;

    private final Loop loop;
    private final ThreadPoolExecutor thread;
    private final IdentityHashMap<Part, Built<RouteTable>> tables = new IdentityHashMap<>();
    private final IdentityHashMap<Part, Built<ClusterSettings>> clusters = new IdentityHashMap<>();
    private final IdentityHashMap<Part, Built<EndpointsSettings>> endpoints =
            new IdentityHashMap<>();

    Workshop(Loop loop) {
        this.loop = loop;
        this.thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread made = new Thread(task, "compile");
                            made.setDaemon(true);
                            return made;
                        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Runs {@code then} on the loop when all parts can be built in no time: mostly at once. */
    void prepare(List<Part> parts, Runnable then) {
        long octets = 0;
        for (Part part : parts) {
            byte[] json = part.json();
            octets += json == null ? 0 : json.length;
        }
        if (octets < LARGE_OCTETS) {
            then.run();
        } else {
            thread.execute(() -> buildAll(parts, then));
        }
    }

    private void buildAll(List<Part> parts, Runnable then) {
        IdentityHashMap<Part, Built<RouteTable>> madeTables = new IdentityHashMap<>();
        IdentityHashMap<Part, Built<ClusterSettings>> madeClusters = new IdentityHashMap<>();
        IdentityHashMap<Part, Built<EndpointsSettings>> madeEndpoints = new IdentityHashMap<>();
        for (Part part : parts) {
            if (part.json() == null) {
                continue;
            }
            if (part.key().kind().equals(Documents.VIRTUAL_HOST)) {
                madeTables.put(part, buildTable(part));
            } else if (part.key().kind().equals(Documents.CLUSTER)) {
                madeClusters.put(part, buildCluster(part));
            } else if (part.key().kind().equals(Documents.ENDPOINTS)) {
                madeEndpoints.put(part, buildEndpoints(part));
            }
        }
        loop.execute(
                () -> {
                    tables.putAll(madeTables);
                    clusters.putAll(madeClusters);
                    endpoints.putAll(madeEndpoints);
                    then.run();
                    tables.clear();
                    clusters.clear();
                    endpoints.clear();
                });
    }

    Built<RouteTable> table(Part part) {
        Built<RouteTable> made = tables.get(part);
        return made == null ? buildTable(part) : made;
    }

    Built<ClusterSettings> cluster(Part part) {
        Built<ClusterSettings> made = clusters.get(part);
        return made == null ? buildCluster(part) : made;
    }

    Built<EndpointsSettings> endpoints(Part part) {
        Built<EndpointsSettings> made = endpoints.get(part);
        return made == null ? buildEndpoints(part) : made;
    }

    Built<Map<String, Share>> runtime(Part part) {
        return build(part, Compiler::runtime);
    }

    private static Built<EndpointsSettings> buildEndpoints(Part part) {
        return build(part, Compiler::endpoints);
    }

    private static Built<RouteTable> buildTable(Part part) {
        return build(part, Compiler::routes);
    }

    private static Built<ClusterSettings> buildCluster(Part part) {
        return build(part, Compiler::cluster);
    }

    /** A fault of ours that one document brings to light is that document's problem alone. */
    private static <T> Built<T> build(Part part, Function<Document, Built<T>> compiler) {
        try {
            Part.Reading read = part.read();
            Document document = read.document();
            Problem problem = read.problem();
            if (document != null) {
                return compiler.apply(document);
            }
            return Built.refused(problem == null ? List.of() : List.of(problem));
        } catch (RuntimeException e) {
            return Built.refused(
                    List.of(
                            new Problem(
                                    part.key().toString(),
                                    "",
                                    e.toString(),
                                    "a document that this instance can build")));
        }
    }
}
