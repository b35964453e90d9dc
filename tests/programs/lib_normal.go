package main

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
)

func main() {
	r := rand.New(rand.NewSource(7))
	p := randv2.New(randv2.NewPCG(3, 4))
	sum, far := [4]float64{}, 0
	for i := 0; i < 5000; i++ {
		draws := [4]float64{r.NormFloat64(), r.ExpFloat64(), p.NormFloat64(), p.ExpFloat64()}
		if i < 4 {
			fmt.Println(draws)
		}
		for k, d := range draws {
			sum[k] += d
			if d > 3 {
				far++
			}
		}
	}
	fmt.Println(sum, far)
}

// expect: [-0.23991406883685507 0.8086169775385368 0.7887437310866353 1.8381542892706917]
// expect: [0.9260869520058198 1.5112451113964636 0.5383897358607344 0.09884144039454398]
// expect: [-0.3943932424357586 0.5887466662659626 0.4706918572653704 0.27671947593078383]
// expect: [2.6304593636876348 1.0182206998219927 -0.4361308704597944 0.2680651127524648]
// expect: [53.74479062817102 5058.404170545885 -54.51918546487208 5048.008102429613] 513
