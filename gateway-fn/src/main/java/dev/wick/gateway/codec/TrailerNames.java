package dev.wick.gateway.codec;

/** Which fields may follow a body. */
public final class TrailerNames {

    private TrailerNames() {}

    /** What frames or routes a message comes in its head or not at all (RFC 9110, 6.5.1). */
    public static boolean allowed(String name) {
        return switch (name) {
            case "connection",
                    "content-length",
                    "host",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade" ->
                    false;
            default -> true;
        };
    }
}
