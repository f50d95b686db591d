"""How a Chromium without a window and without a graphics card is opened."""

# Software WebGL draws the map's layers, and nothing else: pages that were put together by it, too, took twice the
# processor time.
FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
)
