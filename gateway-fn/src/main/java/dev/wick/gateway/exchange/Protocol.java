package dev.wick.gateway.exchange;

/** What a request came by, as the access log prints it. */
public enum Protocol {
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1"),
    HTTP_2("HTTP/2");

    private final String text;

    Protocol(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
