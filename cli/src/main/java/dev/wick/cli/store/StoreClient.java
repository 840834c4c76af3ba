package dev.wick.cli.store;

import dev.wick.cli.arguments.Arguments;
import dev.wick.cli.arguments.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks one store about one gateway, with one token. On {@code HttpURLConnection}: a process that
 * asks once has no use for a client that starts threads (docs/decisions/0005).
 */
public final class StoreClient {

    /** The options that say where the store is and whom to be. */
    public static final Set<String> OPTIONS = Set.of("--store", "--gateway", "--data");

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 120_000;
    private static final int HIGHEST_PORT = 65_535;

    private final String store;
    private final String gateway;
    private final @Nullable String token;
    private final String tokenPlace;

    /**
     * @param store as {@code http://127.0.0.1:8100}
     * @param token null if there is none
     * @param tokenPlace where it came from, or would have
     * @throws UsageException the store's address is none
     */
    public StoreClient(String store, String gateway, @Nullable String token, String tokenPlace) {
        this.store = address(store.endsWith("/") ? store.substring(0, store.length() - 1) : store);
        this.gateway = gateway;
        this.token = token;
        this.tokenPlace = tokenPlace;
    }

    private static String address(String store) {
        try {
            URL url = new URI(store).toURL();
            boolean known = url.getProtocol().equals("http") || url.getProtocol().equals("https");
            int port = url.getPort();
            boolean fits = port == -1 || (port >= 1 && port <= HIGHEST_PORT);
            // The URL's host: a URI has none where the name has a _ in it.
            if (known && fits && !url.getHost().isEmpty()) {
                return store;
            }
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException e) {
            throw wrong(store);
        }
        throw wrong(store);
    }

    private static UsageException wrong(String store) {
        return new UsageException(store + ": not a store's address (expected: http://HOST:PORT)");
    }

    /** As the options say, else the environment, else the defaults. */
    public static StoreClient of(Arguments arguments) {
        String store = arguments.setting("--store", "WICK_STORE", "http://127.0.0.1:8100");
        String gateway = arguments.setting("--gateway", "WICK_GATEWAY", "default");
        String token = System.getenv("WICK_TOKEN");
        if (token != null && !token.isBlank()) {
            return new StoreClient(store, gateway, token.strip(), "WICK_TOKEN");
        }
        Path file = arguments.data().resolve("token");
        return new StoreClient(store, gateway, readToken(file), file.toString());
    }

    /** The one line of a token file, or null if there is no such file. */
    public static @Nullable String readToken(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : null;
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    /** Encodes one part of a path. */
    public static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public String gateway() {
        return gateway;
    }

    public Answer ask(String method, String path) {
        return ask(method, path, new byte[0], Map.of());
    }

    /**
     * @param path below {@code /v1/gateways/GATEWAY}
     * @throws UnreachableException no connection, or no answer
     */
    public Answer ask(String method, String path, byte[] body, Map<String, String> headers) {
        URI uri = URI.create(store + "/v1/gateways/" + part(gateway) + path);
        boolean connected = false;
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("Connection", "close");
            if (token != null) {
                connection.setRequestProperty("Authorization", "Bearer " + token);
            }
            headers.forEach(connection::setRequestProperty);
            connection.setDoOutput(body.length > 0);
            connection.connect();
            connected = true;
            if (body.length > 0) {
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            return answer(connection);
        } catch (IOException e) {
            throw new UnreachableException(
                    "cannot reach the store at " + store + " (" + reason(e) + ")", connected, e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in =
                status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] body = in == null ? new byte[0] : in.readAllBytes();
            return new Answer(status, readable(body));
        }
    }

    private static Json readable(byte[] body) {
        try {
            return Json.read(body);
        } catch (IOException e) {
            return new Json(null); // not JSON, so not from a store: its status has to do
        }
    }

    /** What to say of a token that the store did not take. */
    public String tokenHint() {
        return token == null
                ? "no token: " + tokenPlace + " is not there, and WICK_TOKEN is not set"
                : "the token is from " + tokenPlace;
    }
}
