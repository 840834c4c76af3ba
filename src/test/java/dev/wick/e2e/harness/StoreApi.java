package dev.wick.e2e.harness;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The REST API of a store, for one gateway, with one token. Thread-safe. */
public final class StoreApi {

    public static final String YAML = "application/yaml";

    private final String url;
    private final String gateway;
    private final String token;

    public StoreApi(String url, String gateway, String token) {
        this.url = url;
        this.gateway = gateway;
        this.token = token;
    }

    public String gateway() {
        return gateway;
    }

    public StoreApi withToken(String other) {
        return new StoreApi(url, gateway, other);
    }

    /** A request whose path is relative to the gateway. */
    public RequestSpecification request() {
        return root().basePath("/v1/gateways/" + gateway);
    }

    /** A request whose path is relative to the store. */
    public RequestSpecification root() {
        RequestSpecification request =
                given().baseUri(url)
                        .urlEncodingEnabled(false)
                        .config(
                                RestAssured.config()
                                        .encoderConfig(
                                                encoderConfig()
                                                        .defaultContentCharset("UTF-8")
                                                        .encodeContentTypeAs(YAML, ContentType.TEXT)
                                                        .appendDefaultContentCharsetToContentTypeIfUndefined(
                                                                false)));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Applies a bundle that must be taken; its revision. */
    public long apply(String yaml) {
        Response response = tryApply(yaml);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    "apply: " + response.statusCode() + " " + response.body().asString());
        }
        return response.jsonPath().getLong("revision");
    }

    public Response tryApply(String yaml) {
        return request().contentType(YAML).body(yaml).post("/apply");
    }

    public Response get(String path) {
        return request().get(path);
    }
}
