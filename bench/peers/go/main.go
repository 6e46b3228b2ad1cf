// The same job as a plain Go program: a channel, N goroutines, one row and one counter updated a message.
//
// Without a limit there is no ticker. pgx keeps the one statement prepared and takes a connection of its pool.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v4/pgxpool"
)

const campaign = "019ab000-0000-7000-8000-000000000000"

const storeResult = `
	WITH stored AS (UPDATE bench_recipients SET wamid = $2, accepted_at = clock_timestamp() WHERE id = $1 RETURNING 1)
	UPDATE bench_counter SET sent = sent + (SELECT count(*) FROM stored)`

type recipient struct {
	id    int64
	phone string
}

type text struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

type component struct {
	Type       string `json:"type"`
	Parameters []text `json:"parameters"`
}

type language struct {
	Code string `json:"code"`
}

type template struct {
	Name       string      `json:"name"`
	Language   language    `json:"language"`
	Components []component `json:"components"`
}

type message struct {
	MessagingProduct string   `json:"messaging_product"`
	RecipientType    string   `json:"recipient_type"`
	To               string   `json:"to"`
	Type             string   `json:"type"`
	CallbackData     string   `json:"biz_opaque_callback_data"`
	Template         template `json:"template"`
}

type answer struct {
	Messages []struct {
		ID string `json:"id"`
	} `json:"messages"`
}

type sender struct {
	client *http.Client
	url    string
	token  string
	pool   *pgxpool.Pool
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "enqueue" {
		return // The recipients' table is the queue.
	}
	concurrency := number("CONCURRENCY", 100)
	ctx := context.Background()
	pool := connect(ctx)
	defer pool.Close()
	all := load(ctx, pool)
	s := sender{
		client: &http.Client{
			Timeout:   30 * time.Second,
			Transport: &http.Transport{MaxIdleConns: concurrency, MaxIdleConnsPerHost: concurrency},
		},
		url:   strings.TrimRight(os.Getenv("SANDBOX_URL"), "/") + "/" + os.Getenv("PHONE_NUMBER_ID") + "/messages",
		token: "Bearer " + os.Getenv("ACCESS_TOKEN"),
		pool:  pool,
	}
	cpu, start := cpuSeconds(), time.Now()
	s.sendAll(ctx, all, concurrency)
	report(len(all), time.Since(start).Seconds(), cpuSeconds()-cpu)
}

func connect(ctx context.Context) *pgxpool.Pool {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	check(err)
	config.MaxConns = 10 // The best of 10, 20 and 40 on two cores.
	pool, err := pgxpool.ConnectConfig(ctx, config)
	check(err)
	return pool
}

func load(ctx context.Context, pool *pgxpool.Pool) []recipient {
	rows, err := pool.Query(ctx, "SELECT id, phone FROM bench_recipients ORDER BY id")
	check(err)
	defer rows.Close()
	var all []recipient
	for rows.Next() {
		var r recipient
		check(rows.Scan(&r.id, &r.phone))
		all = append(all, r)
	}
	check(rows.Err())
	return all
}

func (s sender) sendAll(ctx context.Context, all []recipient, concurrency int) {
	queue := make(chan recipient)
	var workers sync.WaitGroup
	for i := 0; i < concurrency; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for r := range queue {
				wamid := s.send(ctx, r)
				_, err := s.pool.Exec(ctx, storeResult, r.id, wamid)
				check(err)
			}
		}()
	}
	for _, r := range all {
		queue <- r
	}
	close(queue)
	workers.Wait()
}

func (s sender) send(ctx context.Context, r recipient) string {
	body, err := json.Marshal(messageFor(r))
	check(err)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
	check(err)
	request.Header.Set("Authorization", s.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := s.client.Do(request)
	check(err)
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	check(err)
	var a answer
	if response.StatusCode != http.StatusOK || json.Unmarshal(read, &a) != nil || len(a.Messages) == 0 {
		log.Fatalf("the sandbox answered HTTP %d: %s", response.StatusCode, read)
	}
	return a.Messages[0].ID
}

func messageFor(r recipient) message {
	return message{
		MessagingProduct: "whatsapp",
		RecipientType:    "individual",
		To:               r.phone,
		Type:             "template",
		CallbackData:     fmt.Sprintf("%s.019ab000-0000-7000-9000-%012d.1", campaign, r.id),
		Template: template{
			Name:       "delivery_on_its_way",
			Language:   language{Code: "en_US"},
			Components: []component{{Type: "body", Parameters: []text{{"text", "Ana"}, {"text", "Ana"}}}},
		},
	}
}

func report(recipients int, seconds, cpu float64) {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"peer":        "go",
		"version":     strings.TrimPrefix(runtime.Version(), "go") + ", pgx 4",
		"recipients":  recipients,
		"seconds":     seconds,
		"per_second":  int(float64(recipients) / seconds),
		"cpu_seconds": cpu,
		"peak_rss_mb": usage.Maxrss / 1024,
	}))
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

func number(name string, otherwise int) int {
	value, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		return otherwise
	}
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
