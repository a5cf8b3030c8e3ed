package peagen.bench.streams;

import static peagen.bench.streams.Answers.answerOf;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One server for a suite, emptied before every test, and one broker for every test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokerContract {

    static final String STREAM = "{tasks}:stream";
    static final String GROUP = "workers";

    private Vertx vertx;
    private BrokerFixture fixture;
    private StreamBroker broker;

    abstract BrokerFixture start(Vertx vertx);

    @BeforeAll
    void startServer() {
        vertx = Vertx.vertx();
        fixture = start(vertx);
    }

    @BeforeEach
    void connect() {
        fixture.flush();
        broker = fixture.connect();
    }

    @AfterEach
    void disconnect() {
        answerOf(broker.close());
    }

    @AfterAll
    void stopServer() {
        fixture.close();
        answerOf(vertx.close());
    }

    Vertx vertx() {
        return vertx;
    }

    BrokerFixture fixture() {
        return fixture;
    }

    StreamBroker broker() {
        return broker;
    }
}
