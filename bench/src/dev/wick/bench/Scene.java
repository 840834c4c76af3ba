package dev.wick.bench;

import java.util.List;
import java.util.Locale;

/** What proxies are set up for, and asked, in one part of {@code ./wick bench proxy}. */
enum Scene {
    /** Ten hosts, and nothing but routing. */
    PLAIN("HTTP/1.1, routing alone", List.of(Work.GET, Work.POST)),

    /**
     * Ten hosts, and what few go without: an access log in a file, statistics for Prometheus, one header added each way, a timeout
     * of the route and a retry policy.
     */
    PRODUCTION("HTTP/1.1, as in production", List.of(Work.GET, Work.POST)),

    /** One host with {@code --routes} routes by prefix; the request meets the one in the middle. */
    ROUTES("HTTP/1.1, %,d routes under one host", List.of(Work.ROUTED)),

    /** HTTP/2 from clients, HTTP/1.1 to the backend. */
    H2("HTTP/2 to HTTP/1.1", List.of(Work.H2_GET, Work.H2_POST)),

    /** gRPC: HTTP/2 on both sides, with trailers. */
    GRPC("gRPC, unary", List.of(Work.UNARY));

    private final String title;
    private final List<Work> works;

    Scene(String title, List<Work> works) {
        this.title = title;
        this.works = works;
    }

    String title(int routes) {
        return String.format(Locale.ROOT, title, routes);
    }

    List<Work> works() {
        return works;
    }

    boolean http2Clients() {
        return this == H2 || this == GRPC;
    }

    static Scene named(String name) {
        for (Scene scene : values()) {
            if (scene.name().equalsIgnoreCase(name)) {
                return scene;
            }
        }
        throw new Refusal("--scenes: " + name + " (expected: plain, production, routes, h2, grpc)");
    }
}
