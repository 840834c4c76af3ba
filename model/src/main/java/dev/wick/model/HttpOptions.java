package dev.wick.model;

/**
 * How a listener treats HTTP: what Envoy's HttpConnectionManager says, under its names.
 *
 * @param protocols what is spoken, and how
 * @param clientAddress whose request it is
 * @param normalization what is made of a request before anything is decided by it
 * @param headers what the gateway tells of itself
 * @param policies what is done to all requests and answers
 */
public record HttpOptions(
        HttpProtocols protocols,
        ClientAddress clientAddress,
        Normalization normalization,
        GatewayHeaders headers,
        HttpPolicies policies) {

    /** What holds where a document says nothing. */
    public static final HttpOptions DEFAULT =
            new HttpOptions(
                    HttpProtocols.DEFAULT,
                    ClientAddress.DEFAULT,
                    Normalization.DEFAULT,
                    GatewayHeaders.DEFAULT,
                    HttpPolicies.DEFAULT);
}
