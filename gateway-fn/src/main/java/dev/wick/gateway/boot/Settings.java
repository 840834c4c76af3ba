package dev.wick.gateway.boot;

import dev.wick.gateway.overload.OverloadSettings;
import dev.wick.model.wire.Durations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a gateway process. Each is a flag, else an environment variable, else its
 * default. Read without streams or regular expressions: they come before the first byte.
 *
 * @param gateway whose configuration is drawn; {@code --gateway}, default {@code default}
 * @param store its URL; {@code --store}, default {@code http://127.0.0.1:8100}
 * @param token of the role instance; {@code WICK_TOKEN}, or in the file that {@code --token-file}
 *     names; empty for none. No flag: flags are seen by every process of the machine
 * @param ports given to listeners, whatever their documents say: {@code --http [ADDR:]PORT} (or
 *     {@code PORT}) to the listener {@code http}, {@code --listen NAME=[ADDR:]PORT} to others
 * @param inherited descriptors of sockets that listen already, by the listener that takes each
 *     over, whatever its document says: by {@code LISTEN_FDS} ({@link Inherited}), or {@code fd@N}
 *     in place of an address in {@code --http} and {@code --listen}
 * @param admin {@code --admin [ADDR:]PORT}, default 127.0.0.1:9901
 * @param cache folder of the copy on disk; {@code --cache DIR}; null: none is kept
 * @param fetchTimeout how long a request waits for its configuration; {@code --fetch-timeout},
 *     default 5 s
 * @param drainTime how long requests may take to end when the process ends; {@code --drain-time},
 *     default 10 s
 * @param maxConnections how many clients' connections may be open at once; {@code
 *     --max-connections}, default any number
 * @param overload what is shed while memory runs short; {@code --overload}, see {@link
 *     OverloadSettings#DEFAULT}
 * @param instance id; {@code --instance}, default random
 * @param accessLog {@code --access-log}: a file, {@code -} for standard output (default) or {@code
 *     off}
 * @param parent whether the process ends when its standard input does; {@code WICK_PARENT=stdin}
 */
record Settings(
        String gateway,
        String store,
        String token,
        Map<String, InetSocketAddress> ports,
        Map<String, Integer> inherited,
        InetSocketAddress admin,
        @Nullable Path cache,
        Duration fetchTimeout,
        Duration drainTime,
        long maxConnections,
        OverloadSettings overload,
        String instance,
        String accessLog,
        boolean parent) {

    static final String USAGE =
            """
            usage: wick gateway [--gateway NAME] [--store URL] [--http [ADDR:]PORT] ...
              --gateway NAME             whose configuration is drawn (WICK_GATEWAY; default "default")
              --store URL                where the store is (WICK_STORE; default http://127.0.0.1:8100)
              --http [ADDR:]PORT         where the listener "http" listens (WICK_HTTP or PORT; default: as it says);
                                         fd@N: a listening socket that the process is started with
              --listen NAME=[ADDR:]PORT  where another listener listens; may be repeated (WICK_LISTEN, with commas)
              --admin [ADDR:]PORT        where health, metrics and the like are (WICK_ADMIN; default 127.0.0.1:9901)
              --token-file FILE          holds the token for the store (WICK_TOKEN_FILE; or the token itself in WICK_TOKEN)
              --cache DIR                keep an encrypted copy of what is served here, for when the store is away (WICK_CACHE)
              --fetch-timeout DURATION   how long a request waits for its configuration (WICK_FETCH_TIMEOUT; default 5s)
              --drain-time DURATION      how long requests may take to end after SIGTERM (WICK_DRAIN_TIME; default 10s)
              --max-connections N        how many connections of clients may be open at once (WICK_MAX_CONNECTIONS; default any number)
              --overload ACTION=AT,...   what is shed from which share of memory on, or off (WICK_OVERLOAD; defaults in docs/operating.md)
              --instance ID              name of this instance (WICK_INSTANCE; default random)
              --access-log FILE          - for standard output, or off (WICK_ACCESS_LOG; default -)
            """;

    private static final String OVERLOAD =
            "off, or ACTION=AT,... with ACTION disable_http_keepalive, stop_accepting_requests,"
                    + " reset_high_memory_stream or stop_accepting_connections, and AT off, 0.9 or"
                    + " 0.85-0.95";

    private static final String DEFAULT_ADDRESS = "0.0.0.0";
    private static final String ADMIN_ADDRESS = "127.0.0.1";
    private static final int HIGHEST_PORT = 65_535;
    private static final String DESCRIPTOR = "fd@";
    private static final String DESCRIPTOR_FORM = "fd@N, N 0 or 3 and more";

    /** Variables by name. */
    interface Environment {
        @Nullable String value(String name);
    }

    /**
     * What can't be read is an {@link IllegalArgumentException} with a sentence for the operator.
     */
    static Settings read(String[] arguments, Environment environment) {
        Flags flags = Flags.read(arguments, environment);
        String http = flags.value("--http");
        String fromPlatform = environment.value("PORT");
        if (http == null && fromPlatform != null && !fromPlatform.isBlank()) {
            http = fromPlatform;
        }
        Map<String, InetSocketAddress> ports = new LinkedHashMap<>();
        Map<String, Integer> inherited = Inherited.read(environment);
        if (http != null && !takes(inherited, "http", flags.given("--http"), http)) {
            place("--http", "http", http, ports, inherited);
        }
        listeners(flags, ports, inherited);
        boolean parent = "stdin".equals(environment.value("WICK_PARENT"));
        if (parent && inherited.containsValue(0)) {
            throw wrong("WICK_PARENT", "stdin", "not together with fd@0, which is that");
        }
        String token = token(flags, environment);
        String cache = flags.value("--cache");
        if (cache != null && token.isEmpty()) {
            throw new IllegalArgumentException(
                    "--cache: "
                            + cache
                            + " (expected: with a token, of which the key that encrypts it is made)");
        }
        return new Settings(
                gateway(flags.value("--gateway", "default")),
                url(flags.value("--store", "http://127.0.0.1:8100")),
                token,
                ports,
                inherited,
                address("--admin", flags.value("--admin", "9901"), ADMIN_ADDRESS),
                cache == null ? null : Path.of(cache),
                duration("--fetch-timeout", flags.value("--fetch-timeout", "5s"), 1),
                duration("--drain-time", flags.value("--drain-time", "10s"), 0),
                number("--max-connections", flags.value("--max-connections")),
                overload(flags.value("--overload", "")),
                name("--instance", flags.value("--instance", randomId())),
                flags.value("--access-log", "-"),
                parent);
    }

    /**
     * Whether a socket that was handed down goes before an address; to ask for both by hand is a
     * mistake.
     */
    private static boolean takes(
            Map<String, Integer> inherited, String listener, boolean byHand, String address) {
        if (!inherited.containsKey(listener)) {
            return false;
        }
        if (byHand) {
            throw wrong(
                    "--" + (listener.equals("http") ? "http" : "listen " + listener),
                    address,
                    "nothing, where LISTEN_FDS brings the socket of that listener");
        }
        return true;
    }

    private static void place(
            String flag,
            String listener,
            String text,
            Map<String, InetSocketAddress> ports,
            Map<String, Integer> inherited) {
        if (text.startsWith(DESCRIPTOR)) {
            int descriptor = descriptor(flag, text);
            if (inherited.containsValue(descriptor)) {
                throw wrong(flag, text, "a descriptor that no other listener has");
            }
            inherited.put(listener, descriptor);
        } else {
            ports.put(listener, address(flag, text, DEFAULT_ADDRESS));
        }
    }

    private static int descriptor(String flag, String text) {
        try {
            int descriptor = Integer.parseInt(text.substring(DESCRIPTOR.length()));
            // Standard output and error are for what the process says.
            if (descriptor == 0 || descriptor > 2) {
                return descriptor;
            }
        } catch (NumberFormatException e) {
            throw wrong(flag, text, DESCRIPTOR_FORM);
        }
        throw wrong(flag, text, DESCRIPTOR_FORM);
    }

    private static void listeners(
            Flags flags, Map<String, InetSocketAddress> ports, Map<String, Integer> inherited) {
        String all = flags.value("--listen", "");
        int start = 0;
        while (start < all.length()) {
            int comma = all.indexOf(',', start);
            int end = comma < 0 ? all.length() : comma;
            String one = all.substring(start, end).strip();
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw wrong("--listen", one, "NAME=[ADDR:]PORT");
            }
            String listener = one.substring(0, equals);
            String where = one.substring(equals + 1);
            if (!takes(inherited, listener, flags.given("--listen"), where)) {
                place("--listen", listener, where, ports, inherited);
            }
            start = end + 1;
        }
    }

    private static String token(Flags flags, Environment environment) {
        String file = flags.value("--token-file");
        if (file == null) {
            String token = environment.value("WICK_TOKEN");
            return token == null ? "" : token.strip();
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw wrong("--token-file", file, "a file that can be read");
        }
    }

    private static String url(String url) {
        if (!url.startsWith("http://")) {
            throw wrong("--store", url, "http://HOST[:PORT][/PREFIX]");
        }
        return url;
    }

    /** As the store has them; no other could ever be served. */
    private static String gateway(String name) {
        boolean good = !name.isEmpty() && name.length() <= 63;
        for (int i = 0; i < name.length() && good; i++) {
            char c = name.charAt(i);
            good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (!good) {
            throw wrong("--gateway", name, "1-63 characters of a-z 0-9 -");
        }
        return name;
    }

    /** As documents are named: it stands in paths. */
    private static String name(String flag, String name) {
        boolean good = !name.isEmpty() && name.length() <= 253;
        for (int i = 0; i < name.length() && good; i++) {
            char c = name.charAt(i);
            good =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '_'
                            || c == '-';
        }
        if (!good) {
            throw wrong(flag, name, "1-253 characters of a-z A-Z 0-9 . _ -");
        }
        return name;
    }

    private static long number(String flag, @Nullable String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(flag, text, "1 or more");
        }
        throw wrong(flag, text, "1 or more");
    }

    private static OverloadSettings overload(String text) {
        if (text.isEmpty()) {
            // Nothing is to be parsed on the way to the first byte.
            return OverloadSettings.DEFAULT;
        }
        try {
            return OverloadSettings.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("--overload", e.getMessage() == null ? text : e.getMessage(), OVERLOAD);
        }
    }

    private static Duration duration(String flag, String text, long leastMillis) {
        Duration duration = Durations.parse(text);
        if (duration == null || duration.toMillis() < leastMillis) {
            throw wrong(flag, text, Durations.FORM);
        }
        return duration;
    }

    private static InetSocketAddress address(String flag, String text, String otherwise) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? otherwise : text.substring(0, colon);
        try {
            int port = Integer.parseInt(text.substring(colon + 1).strip());
            if (port >= 0 && port <= HIGHEST_PORT && !host.isEmpty()) {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            }
        } catch (NumberFormatException | UnknownHostException e) {
            throw wrong(flag, text, "[ADDR:]PORT, PORT 0-65535");
        }
        throw wrong(flag, text, "[ADDR:]PORT, PORT 0-65535");
    }

    private static IllegalArgumentException wrong(String flag, String value, String expected) {
        return new IllegalArgumentException(flag + ": " + value + " (expected: " + expected + ")");
    }

    private static String randomId() {
        return "i" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    }
}
