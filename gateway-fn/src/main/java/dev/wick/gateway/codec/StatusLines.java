package dev.wick.gateway.codec;

import java.nio.charset.StandardCharsets;

/** The first lines of responses, with the reason phrases that Envoy writes. */
public final class StatusLines {

    private static final int LEAST = 100;
    private static final int MOST = 599;
    private static final byte[][] LINES = new byte[MOST + 1][];

    private StatusLines() {}

    /** Made at first use; two threads that make the same one make equal ones. */
    static byte[] line(int status, int minorVersion) {
        if (minorVersion != 1 || status < LEAST || status > MOST) {
            return made(status, minorVersion);
        }
        byte[] line = LINES[status];
        if (line == null) {
            line = made(status, 1);
            LINES[status] = line;
        }
        return line;
    }

    private static byte[] made(int status, int minorVersion) {
        String line = "HTTP/1." + minorVersion + " " + status + " " + reason(status) + "\r\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** The reason phrase of a status, {@code Unknown} where it has none. */
    public static String reason(int status) {
        return switch (status) {
            case 100 -> "Continue";
            case 101 -> "Switching Protocols";
            case 103 -> "Early Hints";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 203 -> "Non-Authoritative Information";
            case 204 -> "No Content";
            case 205 -> "Reset Content";
            case 206 -> "Partial Content";
            case 207 -> "Multi-Status";
            case 208 -> "Already Reported";
            case 226 -> "IM Used";
            case 300 -> "Multiple Choices";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 305 -> "Use Proxy";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            default -> errorReason(status);
        };
    }

    private static String errorReason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Payload Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Entity";
            case 423 -> "Locked";
            case 424 -> "Failed Dependency";
            case 425 -> "Too Early";
            case 426 -> "Upgrade Required";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            default -> serverReason(status);
        };
    }

    private static String serverReason(int status) {
        return switch (status) {
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 506 -> "Variant Also Negotiates";
            case 507 -> "Insufficient Storage";
            case 508 -> "Loop Detected";
            case 510 -> "Not Extended";
            case 511 -> "Network Authentication Required";
            default -> "Unknown";
        };
    }
}
