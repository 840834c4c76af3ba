package dev.wick.route;

import dev.wick.format.Fact;
import dev.wick.format.Facts;
import dev.wick.hash.XxHash;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A part of a request's hash. Immutable. */
public abstract class HashPolicy {

    private final boolean terminal;

    private HashPolicy(boolean terminal) {
        this.terminal = terminal;
    }

    /** Adds its part, if the request has any. */
    abstract void add(RequestHead head, Facts facts, RequestHash hash);

    /** Whether what follows is left out where there is a hash by now. */
    boolean terminal() {
        return terminal;
    }

    /** Of a header's values, whatever their order. */
    public static HashPolicy header(String name, boolean terminal) {
        return new HashPolicy(terminal) {
            @Override
            void add(RequestHead head, Facts facts, RequestHash hash) {
                String pseudo = pseudo(head, name);
                if (pseudo != null) {
                    hash.mix(XxHash.of(pseudo));
                } else {
                    addValues(head.headers(), name, hash);
                }
            }
        };
    }

    private static @Nullable String pseudo(RequestHead head, String name) {
        return switch (name) {
            case ":path" -> head.path();
            case ":method" -> head.method();
            case ":scheme" -> head.scheme();
            case ":authority", "host" -> head.authority();
            default -> null;
        };
    }

    private static void addValues(Headers headers, String name, RequestHash hash) {
        String first = headers.get(name);
        if (first == null) {
            return;
        }
        String[] values = new String[headers.size()];
        int count = 0;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals(name)) {
                values[count++] = headers.value(i);
            }
        }
        Arrays.sort(values, 0, count);
        long all = 0;
        for (int i = 0; i < count; i++) {
            all = XxHash.of(values[i], all);
        }
        hash.mix(all);
    }

    /** Of a cookie's value; where it is missing and has a ttl, it is made. */
    public static HashPolicy cookie(CookieSpec cookie, boolean terminal) {
        return new HashPolicy(terminal) {
            @Override
            void add(RequestHead head, Facts facts, RequestHash hash) {
                String value = cookie.value(head.headers());
                if (value == null && cookie.ttlSeconds() >= 0) {
                    // The same for all requests of a connection, which may be under way together.
                    String connection =
                            facts.text(Fact.DOWNSTREAM_DIRECT_REMOTE_ADDRESS)
                                    + facts.text(Fact.DOWNSTREAM_LOCAL_ADDRESS);
                    value = hex(XxHash.of(connection));
                    hash.give(cookie.set(value));
                }
                if (value != null) {
                    hash.mix(XxHash.of(value));
                }
            }
        };
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /** Of a query parameter's first value, as sent. */
    public static HashPolicy queryParameter(String name, boolean terminal) {
        QueryCondition parameter = new QueryCondition(name, ValueTest.present(true));
        return new HashPolicy(terminal) {
            @Override
            void add(RequestHead head, Facts facts, RequestHash hash) {
                String value = parameter.value(head);
                if (value != null) {
                    hash.mix(XxHash.of(value));
                }
            }
        };
    }

    /** Of the client's address. */
    public static HashPolicy sourceAddress(boolean terminal) {
        return new HashPolicy(terminal) {
            @Override
            void add(RequestHead head, Facts facts, RequestHash hash) {
                String address = facts.text(Fact.DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT);
                if (address != null) {
                    hash.mix(XxHash.of(address));
                }
            }
        };
    }
}
