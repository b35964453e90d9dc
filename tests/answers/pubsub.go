package main

import (
	"fmt"
	"sync"
	"time"
)

type Event struct {
	Topic string
	Data  any
}
type Bus struct {
	mu   sync.RWMutex
	subs map[string][]chan Event
	done bool
}

func NewBus() *Bus { return &Bus{subs: make(map[string][]chan Event)} }
func (b *Bus) Subscribe(topic string) <-chan Event {
	ch := make(chan Event, 8)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs[topic] = append(b.subs[topic], ch)
	return ch
}
func (b *Bus) Publish(topic string, data any) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, ch := range b.subs[topic] {
		ch <- Event{topic, data}
	}
	return len(b.subs[topic])
}
func (b *Bus) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done {
		return
	}
	b.done = true
	for _, s := range b.subs {
		for _, ch := range s {
			close(ch)
		}
	}
}

func main() {
	b := NewBus()
	var wg sync.WaitGroup
	out := make([][]string, 3)
	for i, t := range []string{"news", "news", "sport"} {
		ch := b.Subscribe(t)
		wg.Add(1)
		go func() {
			defer wg.Done()
			for e := range ch {
				switch v := e.Data.(type) {
				case int:
					out[i] = append(out[i], fmt.Sprintf("%s int %d", e.Topic, v))
				case string:
					out[i] = append(out[i], fmt.Sprintf("%s str %q", e.Topic, v))
				case fmt.Stringer:
					out[i] = append(out[i], e.Topic+" stringer "+v.String())
				case nil:
					out[i] = append(out[i], "nil!")
				default:
					out[i] = append(out[i], fmt.Sprintf("%T %v", v, v))
				}
			}
		}()
	}
	fmt.Println(b.Publish("news", 1), b.Publish("news", "hi"), b.Publish("sport", 3*time.Second), b.Publish("none", 0), b.Publish("news", nil), b.Publish("sport", []int{1}))
	b.Close()
	b.Close()
	wg.Wait()
	for i, o := range out {
		fmt.Println(i, o, len(o))
	}
	fmt.Printf("%+v\n", Event{"a", map[string]int{"z": 1, "a": 2}})
	fmt.Printf("%#v\n", Event{"a", struct{ X, Y int }{1, 2}})
}
