// Reads a part of the page aloud. Only with a voice that lives on this device: other voices send the words away.
const button = document.querySelector("[data-aloud]");
const speaker = window.speechSynthesis;
const pieces = "h1, h2, h3, p, li, legend, label, dt, dd, summary";

function voiceFor(language) {
  const own = language.split("-")[0];
  return speaker.getVoices().find((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === own);
}

function words(part) {
  return [...part.querySelectorAll(pieces)]
    .filter((piece) => !piece.querySelector(pieces) && !piece.closest("[data-aloud], details:not([open]) > :not(summary)"))
    .map((piece) => piece.innerText.trim())
    .filter(Boolean);
}

if (button && speaker) {
  const label = button.querySelector("span");
  const start = label.textContent;
  const rest = () => {
    label.textContent = start;
    speaker.cancel();
  };

  const offer = () => {
    button.hidden = !voiceFor(document.documentElement.lang);
  };

  button.addEventListener("click", () => {
    if (speaker.speaking) return rest();
    const voice = voiceFor(document.documentElement.lang);
    const said = words(document.getElementById(button.dataset.aloud)).map((text) => new SpeechSynthesisUtterance(text));
    for (const sentence of said) {
      sentence.voice = voice;
      sentence.lang = voice.lang;
      sentence.rate = 0.95;
      speaker.speak(sentence);
    }
    if (said.length) said.at(-1).onend = rest;
    label.textContent = button.dataset.stop;
  });

  addEventListener("pagehide", rest);
  speaker.addEventListener?.("voiceschanged", offer);
  offer();
}
