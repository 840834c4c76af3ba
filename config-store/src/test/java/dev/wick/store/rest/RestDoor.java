package dev.wick.store.rest;

import static io.restassured.RestAssured.given;

import dev.wick.store.TestStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;

/** The door, through real HTTP. Each test has a gateway of its own. */
abstract class RestDoor {

    static final String HELLO =
            TestStore.listener("http", 8080)
                    + TestStore.host("hello", "hello.localhost", "hello")
                    + TestStore.cluster("hello", 9000);

    @ConfigProperty(name = "WICK_DATA")
    String data;

    @TestHTTPResource("/")
    URI root;

    String gateway;

    @BeforeEach
    void gateway() {
        gateway = "/v1/gateways/g-" + UUID.randomUUID().toString().substring(0, 8);
    }

    String token(String file) throws Exception {
        return Files.readString(Path.of(data, file)).strip();
    }

    RequestSpecification admin() throws Exception {
        return given().header("Authorization", "Bearer " + token("token"));
    }

    RequestSpecification instance() throws Exception {
        return given().header("Authorization", "Bearer " + token("instance-token"));
    }

    RequestSpecification with(String role) throws Exception {
        String text =
                admin().body("{\"role\":\"" + role + "\",\"comment\":\"test\"}")
                        .post("/v1/tokens")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("token");
        return given().header("Authorization", "Bearer " + text);
    }

    ValidatableResponse apply(String yaml) throws Exception {
        return admin().body(yaml).post(gateway + "/apply").then();
    }
}
