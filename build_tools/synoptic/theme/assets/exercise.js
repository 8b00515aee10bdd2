/* The exercise: says which guesses are right. It keeps and sends nothing. */
import { all, make, one } from "./synoptic.js";
import { gettext, ngettext } from "./words.js";

const quiz = one("form.quiz"), status = one("[role=status]", quiz), questions = all(":scope > ol > li", quiz);
const clear = question => {
  delete question.dataset.result;
  one(".result", question)?.remove();
  one("details", question).open = false;
};
quiz.addEventListener("submit", event => {
  event.preventDefault();
  let right = 0, guessed = 0;
  for (const question of questions) {
    clear(question);
    const guess = one("input:checked", question);
    if (!guess) continue;
    const good = question.dataset.right.split(" ").includes(guess.value);
    guessed += 1;
    right += Number(good);
    question.dataset.result = good ? "right" : "wrong";
    one("fieldset", question).after(make("p", {className: good ? "ui result ok" : "ui result bad",
      textContent: good ? gettext("✓ Right") : gettext("✕ No: article %(letter)s", {letter: question.dataset.right})}));
    one("details", question).open = true;
  }
  status.textContent = guessed ? ngettext("%(right)s of %(num)s guess is right", "%(right)s of %(num)s guesses are right", guessed, {right}) : gettext("Choose an article first");
  status.focus();
});
quiz.addEventListener("change", event => { // what it said was of another guess
  clear(questions.find(question => question.contains(event.target)));
  status.textContent = "";
});
quiz.addEventListener("reset", () => {
  for (const question of questions) clear(question);
  status.textContent = "";
});
one("button[type=button]", quiz).addEventListener("click", () => print());
