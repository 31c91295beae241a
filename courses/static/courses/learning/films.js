// Which stretches of the lesson's films have really run, forwards, and at what speed at most. A jump ahead
// begins a new stretch; what it passed over has not run.
(function (learn) {
  "use strict";

  const FASTEST = 1.5;
  const SLACK_MS = 400;

  learn.Films = class {
    constructor(videos) {
      this.videos = videos;
      this.last = videos.map(() => null);
      this.ranges = [];
      this.current = 0;
      videos.forEach((video, at) => {
        video.addEventListener("play", () => {
          this.only(at);
          this.mark(at);
        });
        video.addEventListener("ratechange", () => {
          if (video.playbackRate > FASTEST) video.playbackRate = FASTEST;
        });
        video.addEventListener("seeking", () => (this.last[at] = null));
        video.addEventListener("seeked", () => video.paused || this.mark(at));
      });
    }

    /** A stretch begins here. */
    mark(at) {
      this.last[at] = Math.round(this.videos[at].currentTime * 1000);
    }

    /** One film runs at a time. */
    only(at) {
      this.current = at;
      this.videos.forEach((video, other) => other !== at && video.pause());
    }

    running() {
      return this.videos.some((video) => !video.paused && !video.ended && video.readyState > 2);
    }

    pause() {
      this.videos.forEach((video) => video.pause());
    }

    /** `passed` milliseconds have gone by: write down what ran in them. True when a film ran. */
    step(passed) {
      let ran = false;
      this.videos.forEach((video, at) => {
        const now = Math.round(video.currentTime * 1000);
        const before = this.last[at];
        this.last[at] = video.paused && !video.ended ? null : now;
        if (before === null || now <= before || now - before > passed * FASTEST + SLACK_MS) return;
        ran = true;
        this.current = at;
        this.extend(at, before, now);
      });
      return ran;
    }

    extend(at, start, end) {
      const open = this.ranges[this.ranges.length - 1];
      if (open && open[0] === at && open[2] === start) open[2] = end;
      else this.ranges.push([at, start, end]);
    }

    /** What ran since it was last asked for, at most so many stretches. */
    take(most) {
      const taken = this.ranges.slice(0, most);
      this.ranges = [];
      return taken;
    }

    /** Where to go on: which film and where in it. */
    place() {
      const video = this.videos[this.current];
      return video ? [this.current, Math.round(video.currentTime * 1000)] : [0, 0];
    }

    /** Go to where somebody was, on whatever device. */
    goTo(at, ms) {
      const video = this.videos[at];
      if (!video || ms <= 0) return;
      this.current = at;
      const jump = () => (video.currentTime = ms / 1000);
      if (video.readyState > 0) jump();
      else video.addEventListener("loadedmetadata", jump, { once: true });
    }

    /** The second shown now, or null where the lesson has no film. */
    second() {
      return this.videos.length ? Math.floor(this.videos[this.current].currentTime) : null;
    }
  };
})((window.lianbingLearn = window.lianbingLearn || {}));
