package dev.wick.bench;

/**
 * One kind of request.
 *
 * @param body in bytes; 0 for a GET
 */
enum Work {
    GET("GET", 0, false, false, false),
    POST("POST", 4096, false, false, false),
    ROUTED("GET", 0, false, true, false),
    H2_GET("GET", 0, true, false, false),
    H2_POST("POST", 4096, true, false, false),
    UNARY("call", 133, true, false, true);

    private final String label;
    private final int body;
    private final boolean http2;
    private final boolean routed;
    private final boolean grpc;

    Work(String label, int body, boolean http2, boolean routed, boolean grpc) {
        this.label = label;
        this.body = body;
        this.http2 = http2;
        this.routed = routed;
        this.grpc = grpc;
    }

    /** What its columns are called. */
    String label() {
        return label;
    }

    int body() {
        return body;
    }

    boolean http2() {
        return http2;
    }

    boolean grpc() {
        return grpc;
    }

    String path(Task task) {
        if (grpc) {
            return "/bench.Bench/Call";
        }
        return routed ? Task.route(task.routes() / 2) + "x" : "/";
    }
}
