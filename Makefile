# make                    install what is missing, build, render lectures/ into output/
# make test               check the format and run all tests
# make check-bits         compare the results of this machine's build with those of a portable one, and of an emulated
#                         Haswell where qemu-user is installed
# make benchmarks         measure the engine; PYTHON=… names a Python with torch and numpy to compare with
# make CPU=x86-64-v3      a portable binary in .build-portable

CPU ?= native
BUILD := $(if $(filter native,$(CPU)),.build,.build-portable)
SWIFT_FLAGS := -c release --scratch-path $(BUILD)
LECTERN := $(BUILD)/release/lectern
PEERS ?= .build-peers
export CPU

PACKAGES := libcairo2-dev libmarkdown2-dev duktape-dev libjs-katex fonts-katex libjs-highlight.js libfreetype-dev \
	fonts-dejavu-core zlib1g-dev libsqlite3-dev

# Without what qemu does not emulate and no result needs.
HASWELL := Haswell-noTSX,-pcid,-x2apic,-tsc-deadline,-invpcid

.PHONY: all requirements build lectures test format format-check check-bits benchmarks peers clean

all: lectures

# Debian packages that are missing; anywhere else their names are printed.
requirements:
	@missing=""; \
	if command -v dpkg-query >/dev/null 2>&1; then \
	  for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    if [ "$$(id -u)" = 0 ]; then prefix=""; \
	    elif command -v sudo >/dev/null 2>&1; then prefix="sudo"; \
	    else echo "Please install:$$missing" >&2; exit 1; fi; \
	    echo "Installing$$missing"; \
	    $$prefix apt-get update -qq && \
	    $$prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  fi; \
	elif [ ! -f /usr/include/cairo/cairo.h ] || [ ! -f /usr/include/mkdio.h ] || [ ! -f /usr/include/duktape.h ] || \
	  [ ! -f /usr/include/zlib.h ]; then \
	  echo "Lectern needs these Debian packages, or what your system calls them: $(PACKAGES)" >&2; \
	fi
	@command -v swift >/dev/null 2>&1 || { echo "Lectern needs Swift 6.3 or later: https://www.swift.org/install" >&2; exit 1; }

build: requirements
	swift build $(SWIFT_FLAGS)

# Rendering also fills the module cache that the first Swift cell would otherwise wait for.
lectures: build
	$(LECTERN) render lectures --output output

test: requirements format-check
	swift build $(SWIFT_FLAGS)
	swift test $(SWIFT_FLAGS) --disable-testable-imports

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

format-check:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

# Every number and every byte of the pages must be the same whatever the vector unit.
check-bits: build
	CPU=x86-64-v3 swift build -c release --scratch-path .build-portable
	$(LECTERN) render lectures --output .build/bits-native
	.build-portable/release/lectern render lectures --output .build/bits-portable
	@for file in $$(cd .build/bits-native && find . -name '*.html' -o -name '*.results.json' | sort); do \
	  cmp .build/bits-native/$$file .build/bits-portable/$$file || exit 1; \
	done; echo "check-bits: the pages and results of both builds are identical"
	@.build/release/Benchmarks --bits >.build/bits-native.txt
	@.build-portable/release/Benchmarks --bits >.build/bits-portable.txt
	@cmp .build/bits-native.txt .build/bits-portable.txt
	@echo "check-bits: networks trained by both builds are identical"
	@if command -v qemu-x86_64 >/dev/null 2>&1; then \
	  qemu-x86_64 -cpu $(HASWELL) .build-portable/release/Benchmarks --bits >.build/bits-emulated.txt && \
	  cmp .build/bits-native.txt .build/bits-emulated.txt && \
	  echo "check-bits: networks trained by an emulated Haswell are identical"; \
	else \
	  echo "check-bits: no emulated Haswell, as qemu-x86_64 is not installed (Debian: qemu-user)"; \
	fi

# Figures go to .build/benchmarks.json; where `make peers` has run, PyTorch, Keras and OpenBLAS are measured in turn.
benchmarks: build
	$(BUILD)/release/Benchmarks $(if $(wildcard $(PEERS)/bin/python),--peers $(PEERS)/bin/python) \
	  --json $(BUILD)/benchmarks.json

# A virtual environment with the peers of the benchmarks and of the scripts in Tests/Peers; never needed to build.
peers:
	test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --upgrade numpy scikit-learn optuna keras safetensors torch

clean:
	rm -rf .build .build-portable .lectern output/*
