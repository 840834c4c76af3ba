package dev.wick.store.admit;

/**
 * The name of a gateway: 1-63 characters of {@code a-z 0-9 -}. Those that begin with {@code _} are
 * the store's own.
 */
public final class GatewayName {

    public static final String EXPECTED = "1-63 characters of a-z 0-9 -";

    private GatewayName() {}

    /** Whether users may write and read it. */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > 63) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    static boolean isReserved(String name) {
        return name.startsWith("_");
    }
}
