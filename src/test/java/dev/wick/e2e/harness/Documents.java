package dev.wick.e2e.harness;

/** The documents that most tests begin with. */
public final class Documents {

    private Documents() {}

    public static String listener() {
        return """
        kind: Listener
        name: http
        port: 8080
        ---
        """;
    }

    /**
     * A host for {@code domain} whose every path goes to the cluster of the same name at {@code
     * port}.
     */
    public static String hostAndCluster(String name, String domain, int port) {
        return host(name, domain, name) + cluster(name, port);
    }

    public static String host(String name, String domain, String cluster) {
        return """
        kind: VirtualHost
        name: %s
        domains: ["%s"]
        routes:
          - match: {path: {prefix: /}}
            route: {cluster: %s}
        ---
        """
                .formatted(name, domain, cluster);
    }

    public static String cluster(String name, int port) {
        return """
        kind: Cluster
        name: %s
        endpoints: [{address: 127.0.0.1, port: %d}]
        ---
        """
                .formatted(name, port);
    }

    /** A host that answers every path by itself. */
    public static String saying(String name, String domain, String text) {
        return """
        kind: VirtualHost
        name: %s
        domains: ["%s"]
        routes:
          - match: {path: {prefix: /}}
            directResponse: {status: 200, body: "%s"}
        ---
        """
                .formatted(name, domain, text);
    }
}
